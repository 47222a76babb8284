"""The first format: contracts, deliveries, demand, capacity, stock, and the log of edits."""

from typing import Final

# A choice is checked with OR: SQLite spends as long on an IN list as on all the rest of an insert.
FIRST: Final = """
CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE edit (
    id INTEGER PRIMARY KEY,
    number INTEGER UNIQUE,
    time TEXT NOT NULL,
    person TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('applied', 'undone', 'draft', 'incoming')),
    base INTEGER NOT NULL,
    CHECK ((number IS NULL) = (state IN ('draft', 'incoming')))
) STRICT;

CREATE TABLE change (
    edit INTEGER NOT NULL REFERENCES edit (id) ON DELETE CASCADE,
    "table" TEXT NOT NULL,
    row INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (edit, "table", row),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE touch (
    edit INTEGER NOT NULL REFERENCES edit (id) ON DELETE CASCADE,
    "table" TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    columns TEXT NOT NULL,
    PRIMARY KEY (edit, "table")
) STRICT, WITHOUT ROWID;

CREATE TABLE materials (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    formula TEXT NOT NULL,
    element TEXT NOT NULL CHECK (element <> ''),
    contained_fraction_ppm INTEGER NOT NULL CHECK (contained_fraction_ppm BETWEEN 1 AND 1000000),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE chemistries (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    source TEXT NOT NULL
) STRICT;

CREATE TABLE intensities (
    id INTEGER PRIMARY KEY,
    chemistry_id INTEGER NOT NULL REFERENCES chemistries (id),
    element TEXT NOT NULL CHECK (element <> ''),
    intensity_mg_per_kwh INTEGER NOT NULL CHECK (intensity_mg_per_kwh BETWEEN 0 AND 100000000),
    UNIQUE (chemistry_id, element)
) STRICT;

CREATE TABLE organisations (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role = 'supplier' OR role = 'buyer' OR role = 'other'),
    country TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE plants (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    country TEXT NOT NULL,
    material_id INTEGER REFERENCES materials (id),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX plants_organisation ON plants (organisation_id);
CREATE INDEX plants_material ON plants (material_id);

CREATE TABLE plant_capacity (
    id INTEGER PRIMARY KEY,
    plant_id INTEGER NOT NULL REFERENCES plants (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    available_kg INTEGER NOT NULL CHECK (available_kg BETWEEN 0 AND 1000000000000),
    open_share_ppm INTEGER NOT NULL CHECK (open_share_ppm BETWEEN 0 AND 1000000),
    UNIQUE (plant_id, month)
) STRICT;

CREATE TABLE contracts (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE CHECK (reference <> ''),
    title TEXT NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES organisations (id),
    buyer_id INTEGER NOT NULL REFERENCES organisations (id),
    stage TEXT NOT NULL CHECK (stage = 'memorandum' OR stage = 'letter_of_intent' OR stage = 'signed'
        OR stage = 'ramping_up' OR stage = 'delivering' OR stage = 'expired' OR stage = 'cancelled'),
    probability_ppm INTEGER CHECK (probability_ppm BETWEEN 0 AND 1000000),
    start_month INTEGER NOT NULL CHECK (start_month BETWEEN 23880 AND 26399),
    end_month INTEGER NOT NULL CHECK (end_month BETWEEN start_month AND start_month + 599),
    currency TEXT NOT NULL,
    incoterm TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX contracts_supplier ON contracts (supplier_id);
CREATE INDEX contracts_buyer ON contracts (buyer_id);

CREATE TABLE lines (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
    material_id INTEGER NOT NULL REFERENCES materials (id),
    plant_id INTEGER REFERENCES plants (id),
    volume_basis TEXT NOT NULL CHECK (volume_basis = 'product' OR volume_basis = 'metal'),
    contained_fraction_ppm INTEGER CHECK (contained_fraction_ppm BETWEEN 1 AND 1000000),
    flexibility_down_ppm INTEGER NOT NULL CHECK (flexibility_down_ppm BETWEEN 0 AND 1000000),
    flexibility_up_ppm INTEGER NOT NULL CHECK (flexibility_up_ppm BETWEEN 0 AND 1000000),
    take_or_pay_ppm INTEGER NOT NULL CHECK (take_or_pay_ppm BETWEEN 0 AND 1000000),
    phasing TEXT NOT NULL CHECK (phasing <> ''),
    note TEXT NOT NULL,
    UNIQUE (contract_id, line)
) STRICT;
CREATE INDEX lines_material ON lines (material_id);
CREATE INDEX lines_plant ON lines (plant_id);

CREATE TABLE volumes (
    id INTEGER PRIMARY KEY,
    line_id INTEGER NOT NULL REFERENCES lines (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2199),
    agreed_kg INTEGER NOT NULL CHECK (agreed_kg BETWEEN 0 AND 1000000000000),
    option_kg INTEGER NOT NULL CHECK (option_kg BETWEEN 0 AND 1000000000000),
    UNIQUE (line_id, year)
) STRICT;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    line_id INTEGER NOT NULL REFERENCES lines (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    status TEXT NOT NULL CHECK (status = 'planned' OR status = 'confirmed' OR status = 'received'),
    UNIQUE (line_id, month)
) STRICT;

CREATE TABLE milestones (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    name TEXT NOT NULL CHECK (name <> ''),
    due TEXT,
    done TEXT,
    note TEXT NOT NULL,
    UNIQUE (contract_id, name)
) STRICT;

CREATE TABLE programmes (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    site TEXT NOT NULL,
    scrap_ppm INTEGER NOT NULL CHECK (scrap_ppm BETWEEN 0 AND 1000000),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE mix (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    chemistry_id INTEGER NOT NULL REFERENCES chemistries (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    share_ppm INTEGER NOT NULL CHECK (share_ppm BETWEEN 0 AND 1000000),
    UNIQUE (programme_id, chemistry_id, month)
) STRICT;
CREATE INDEX mix_chemistry ON mix (chemistry_id);

CREATE TABLE demand (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    energy_kwh INTEGER NOT NULL CHECK (energy_kwh BETWEEN 0 AND 1000000000000),
    UNIQUE (programme_id, month)
) STRICT;

CREATE TABLE stock (
    id INTEGER PRIMARY KEY,
    material_id INTEGER NOT NULL REFERENCES materials (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    UNIQUE (material_id, month)
) STRICT;

CREATE TABLE safety_stock (
    id INTEGER PRIMARY KEY,
    element TEXT NOT NULL CHECK (element <> ''),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    quantity_kg INTEGER NOT NULL CHECK (quantity_kg BETWEEN 0 AND 1000000000000),
    UNIQUE (element, month)
) STRICT;
"""
