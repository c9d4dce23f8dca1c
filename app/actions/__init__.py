"""The verbs: one a file, plain functions, the actor always named. They flush; doors commit."""
