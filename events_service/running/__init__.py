"""The service on one machine: its servers, its processes, and whoever watches over them."""
