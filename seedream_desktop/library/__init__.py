"""Where pictures are kept: ordinary files with a record beside each, and an index that is only a cache."""
