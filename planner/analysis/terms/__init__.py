"""What contracts say: volumes by year, limits, dates."""
