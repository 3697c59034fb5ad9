"""One request on its way: from the journal over the endpoint into the library."""
