"""The third format: carbon, recycled content, closed loops, lots, targets, budgets, muted findings."""

from typing import Final

THIRD: Final = """
ALTER TABLE materials ADD COLUMN carbon_g_per_kg INTEGER CHECK (carbon_g_per_kg BETWEEN 0 AND 10000000);
ALTER TABLE materials ADD COLUMN carbon_source TEXT NOT NULL DEFAULT '';
ALTER TABLE materials ADD COLUMN carbon_quality TEXT NOT NULL DEFAULT ''
    CHECK (carbon_quality = '' OR carbon_quality = 'verified' OR carbon_quality = 'declared'
    OR carbon_quality = 'published' OR carbon_quality = 'estimated' OR carbon_quality = 'illustrative');
ALTER TABLE plants ADD COLUMN site TEXT NOT NULL DEFAULT 'plant'
    CHECK (site = 'plant' OR site = 'mine' OR site = 'refinery' OR site = 'recycler');
ALTER TABLE plants ADD COLUMN renewable_ppm INTEGER CHECK (renewable_ppm BETWEEN 0 AND 1000000);
ALTER TABLE plants ADD COLUMN carbon_g_per_kg INTEGER CHECK (carbon_g_per_kg BETWEEN 0 AND 10000000);
ALTER TABLE plants ADD COLUMN carbon_source TEXT NOT NULL DEFAULT '';
ALTER TABLE plants ADD COLUMN carbon_quality TEXT NOT NULL DEFAULT ''
    CHECK (carbon_quality = '' OR carbon_quality = 'verified' OR carbon_quality = 'declared'
    OR carbon_quality = 'published' OR carbon_quality = 'estimated' OR carbon_quality = 'illustrative');
ALTER TABLE lines ADD COLUMN origin TEXT NOT NULL DEFAULT 'bought'
    CHECK (origin = 'bought' OR origin = 'closed_loop');
ALTER TABLE lines ADD COLUMN recycled_ppm INTEGER CHECK (recycled_ppm BETWEEN 0 AND 1000000);
ALTER TABLE lines ADD COLUMN recovery_ppm INTEGER CHECK (recovery_ppm BETWEEN 0 AND 1000000);
ALTER TABLE lines ADD COLUMN carbon_g_per_kg INTEGER CHECK (carbon_g_per_kg BETWEEN 0 AND 10000000);
ALTER TABLE lines ADD COLUMN carbon_source TEXT NOT NULL DEFAULT '';
ALTER TABLE lines ADD COLUMN carbon_quality TEXT NOT NULL DEFAULT ''
    CHECK (carbon_quality = '' OR carbon_quality = 'verified' OR carbon_quality = 'declared'
    OR carbon_quality = 'published' OR carbon_quality = 'estimated' OR carbon_quality = 'illustrative');

CREATE TABLE supplier_carbon (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    material_id INTEGER NOT NULL REFERENCES materials (id),
    carbon_g_per_kg INTEGER NOT NULL CHECK (carbon_g_per_kg BETWEEN 0 AND 10000000),
    carbon_source TEXT NOT NULL,
    carbon_quality TEXT NOT NULL CHECK (carbon_quality = '' OR carbon_quality = 'verified'
    OR carbon_quality = 'declared' OR carbon_quality = 'published' OR carbon_quality = 'estimated'
    OR carbon_quality = 'illustrative'),
    UNIQUE (organisation_id, material_id)
) STRICT;
CREATE INDEX supplier_carbon_material ON supplier_carbon (material_id);

CREATE TABLE lots (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    line_id INTEGER NOT NULL REFERENCES lines (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    mine_id INTEGER REFERENCES plants (id),
    refinery_id INTEGER REFERENCES plants (id),
    plant_id INTEGER REFERENCES plants (id),
    programme_id INTEGER REFERENCES programmes (id),
    carbon_g_per_kg INTEGER CHECK (carbon_g_per_kg BETWEEN 0 AND 10000000),
    recycled_ppm INTEGER CHECK (recycled_ppm BETWEEN 0 AND 1000000),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX lots_line ON lots (line_id, month);
CREATE INDEX lots_mine ON lots (mine_id);
CREATE INDEX lots_refinery ON lots (refinery_id);
CREATE INDEX lots_plant ON lots (plant_id);
CREATE INDEX lots_programme ON lots (programme_id);

CREATE TABLE intakes (
    id INTEGER PRIMARY KEY,
    plant_id INTEGER NOT NULL REFERENCES plants (id),
    origin_id INTEGER NOT NULL REFERENCES plants (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    note TEXT NOT NULL,
    UNIQUE (plant_id, origin_id, month)
) STRICT;
CREATE INDEX intakes_origin ON intakes (origin_id);

CREATE TABLE returns (
    id INTEGER PRIMARY KEY,
    line_id INTEGER NOT NULL REFERENCES lines (id),
    waste TEXT NOT NULL CHECK (waste = 'scrap' OR waste = 'end_of_life'),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    note TEXT NOT NULL,
    UNIQUE (line_id, waste, month)
) STRICT;

CREATE TABLE targets (
    id INTEGER PRIMARY KEY,
    measure TEXT NOT NULL CHECK (measure = 'carbon' OR measure = 'carbon_base' OR measure = 'renewable'
        OR measure = 'recycled' OR measure = 'cover' OR measure = 'supplier_share' OR measure = 'country_share'
        OR measure = 'local_spend'),
    scope TEXT NOT NULL CHECK (scope <> ''),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    value_e4 INTEGER NOT NULL CHECK (value_e4 BETWEEN 0 AND 1000000000000),
    note TEXT NOT NULL,
    UNIQUE (measure, scope, month)
) STRICT;

CREATE TABLE budgets (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2199),
    material_id INTEGER NOT NULL REFERENCES materials (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents BETWEEN 0 AND 1000000000000000),
    currency TEXT NOT NULL CHECK (currency <> ''),
    note TEXT NOT NULL,
    UNIQUE (year, material_id)
) STRICT;
CREATE INDEX budgets_material ON budgets (material_id);

CREATE TABLE mutes (
    id INTEGER PRIMARY KEY,
    finding TEXT NOT NULL CHECK (finding <> ''),
    place TEXT NOT NULL CHECK (place <> ''),
    until TEXT NOT NULL CHECK (until IS date(until)),
    note TEXT NOT NULL,
    UNIQUE (finding, place)
) STRICT;
"""
