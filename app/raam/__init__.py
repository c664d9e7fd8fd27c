"""What stands around every page: selection and address, frame, notices, downloads."""
