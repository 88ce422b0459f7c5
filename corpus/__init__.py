"""The sample reports; a package only so that an installed zhengwen finds them."""
