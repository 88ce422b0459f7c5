"""What people say of a document goes before what the rules read, and outlasts every new reading."""
