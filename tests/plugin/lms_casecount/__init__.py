"""A plugin: a timeline for lessons, an estimate as a question, and graduation after enough accepted case records."""
