"""How the stand-in's pictures are drawn: palettes, motifs, grain, marks."""
