"""The experiments, one file each; ``quizcli.demos.registry`` names them."""
