"""The door of the pages: blueprints by audience, templates, frontend."""
