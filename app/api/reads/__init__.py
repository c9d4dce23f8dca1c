"""What resources read: frozen facts, few statements, no verb."""
