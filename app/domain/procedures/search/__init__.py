"""Finding a procedure in people's own words: what is indexed, how it is asked, what comes first."""
