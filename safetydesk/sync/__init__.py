"""Replicas, identities and keys; later bundles, merge and conflicts."""
