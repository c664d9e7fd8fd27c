"""The command `regiomonitor`: the one room that knows both the pipelines and the app."""
