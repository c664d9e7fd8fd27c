"""What a talk with a region is prepared from: signals and their evidence, the dossier."""
