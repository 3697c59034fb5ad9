"""What differs between operating systems: one module per system behind ``platform.current()``."""
