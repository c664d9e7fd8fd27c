"""Charts as specs of Vega-Lite."""
