"""The parts of which a page is put together: frame, notices, tables, series, and what stands where there is nothing."""
