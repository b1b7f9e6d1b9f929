"""How the weights of the linker are learnt, and where the conversations they are learnt from come from."""
