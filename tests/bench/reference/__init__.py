"""×c: a plain Django project of one view that does the least a lesson page can do, on the bench's database."""
