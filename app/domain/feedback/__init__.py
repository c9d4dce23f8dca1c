"""What citizens say of the work of offices: ratings of a dossier, feedback and complaints."""
