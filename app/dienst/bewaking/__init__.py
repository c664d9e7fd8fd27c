"""How it stands with the service: what a balancer, a manager and a reader may know of it."""
