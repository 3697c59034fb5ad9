"""How Seedream is asked: the request on the wire, the answer, the failures, the download of the pictures."""
