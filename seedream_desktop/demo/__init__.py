"""The endpoint's stand-in: a real HTTP server on loopback, in a process of its own, for who has no key."""
