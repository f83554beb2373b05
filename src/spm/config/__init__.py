"""What people configure: the params file, the catalogue, the project's folders."""
