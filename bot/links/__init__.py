"""Looking where links lead, through a client that cannot reach anything private."""
