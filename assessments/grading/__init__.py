"""Rubrics, grades and the marking desk."""
