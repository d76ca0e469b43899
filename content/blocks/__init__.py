"""The lesson blocks that come with the product, registered in content/lms_plugin.py like a plugin's."""
