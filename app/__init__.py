"""The Streamlit app: reads the publication, and nothing else."""
