"""Open data by address: the figures of a publication under /data/v1, for programs and other sites."""
