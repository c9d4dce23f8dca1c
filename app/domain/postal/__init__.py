"""How a result goes back to its applicant: at the counter, or by the public post."""
