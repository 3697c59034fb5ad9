"""The endpoint's stand-in: a real HTTP server on loopback, in a process of its own, that anybody can try without a key."""
