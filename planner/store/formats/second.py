"""The second format: dossiers of contracts, evidence, prices."""

from typing import Final

SECOND: Final = """
ALTER TABLE edit ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE milestones ADD COLUMN forecast TEXT CHECK (forecast IS date(forecast));
ALTER TABLE volumes ADD COLUMN option_until TEXT CHECK (option_until IS date(option_until));
ALTER TABLE volumes ADD COLUMN option_called TEXT CHECK (option_called IS date(option_called));

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    scheme TEXT NOT NULL CHECK (scheme <> ''),
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    plant_id INTEGER REFERENCES plants (id),
    issued TEXT CHECK (issued IS date(issued)),
    expires TEXT CHECK (expires IS date(expires)),
    link TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_organisation ON evidence (organisation_id);
CREATE INDEX evidence_plant ON evidence (plant_id);

CREATE TABLE stage_changes (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    day TEXT NOT NULL CHECK (day IS date(day)),
    stage TEXT NOT NULL CHECK (stage = 'memorandum' OR stage = 'letter_of_intent' OR stage = 'signed'
        OR stage = 'ramping_up' OR stage = 'delivering' OR stage = 'expired' OR stage = 'cancelled'),
    previous TEXT NOT NULL CHECK (previous = '' OR previous = 'memorandum' OR previous = 'letter_of_intent'
        OR previous = 'signed' OR previous = 'ramping_up' OR previous = 'delivering' OR previous = 'expired'
        OR previous = 'cancelled'),
    note TEXT NOT NULL,
    UNIQUE (contract_id, day)
) STRICT;

CREATE TABLE buyer_shares (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    buyer_id INTEGER NOT NULL REFERENCES organisations (id),
    share_ppm INTEGER NOT NULL CHECK (share_ppm BETWEEN 0 AND 1000000),
    note TEXT NOT NULL,
    UNIQUE (contract_id, buyer_id)
) STRICT;
CREATE INDEX buyer_shares_buyer ON buyer_shares (buyer_id);

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    name TEXT NOT NULL CHECK (name <> ''),
    link TEXT NOT NULL CHECK (link <> ''),
    note TEXT NOT NULL,
    UNIQUE (contract_id, name)
) STRICT;

CREATE TABLE indices (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    currency TEXT NOT NULL CHECK (currency <> ''),
    unit TEXT NOT NULL CHECK (unit = 't product' OR unit = 't metal' OR unit = 'kg product' OR unit = 'kg metal'
        OR unit = 'lb product' OR unit = 'lb metal'),
    tax_ppm INTEGER NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE index_prices (
    id INTEGER PRIMARY KEY,
    index_id INTEGER NOT NULL REFERENCES indices (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    price_e4 INTEGER NOT NULL CHECK (price_e4 BETWEEN 0 AND 1000000000000),
    standing TEXT NOT NULL CHECK (standing = 'published' OR standing = 'forecast'),
    UNIQUE (index_id, month)
) STRICT;

CREATE TABLE exchange_rates (
    id INTEGER PRIMARY KEY,
    base TEXT NOT NULL CHECK (base <> ''),
    quote TEXT NOT NULL CHECK (quote <> ''),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    rate_e6 INTEGER NOT NULL CHECK (rate_e6 BETWEEN 1 AND 1000000000000),
    UNIQUE (base, quote, month)
) STRICT;

CREATE TABLE price_terms (
    id INTEGER PRIMARY KEY,
    line_id INTEGER NOT NULL REFERENCES lines (id),
    month INTEGER NOT NULL CHECK (month BETWEEN 23880 AND 26399),
    fixed_e4 INTEGER CHECK (fixed_e4 BETWEEN 0 AND 1000000000000),
    index_id INTEGER REFERENCES indices (id),
    period TEXT NOT NULL CHECK (period = 'm-1' OR period = 'm' OR period = 'm+1' OR period = 'average'),
    payable_ppm INTEGER NOT NULL CHECK (payable_ppm BETWEEN 0 AND 2000000),
    premium_e4 INTEGER NOT NULL CHECK (premium_e4 BETWEEN -1000000000000 AND 1000000000000),
    floor_e4 INTEGER CHECK (floor_e4 BETWEEN 0 AND 1000000000000),
    cap_e4 INTEGER CHECK (cap_e4 BETWEEN 0 AND 1000000000000),
    currency TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit = 't product' OR unit = 't metal' OR unit = 'kg product' OR unit = 'kg metal'
        OR unit = 'lb product' OR unit = 'lb metal'),
    note TEXT NOT NULL,
    UNIQUE (line_id, month)
) STRICT;
CREATE INDEX price_terms_index ON price_terms (index_id);
"""
