"""What a JupyterHub needs so that courses can be given on it: read once, then looked through, one idea a file.

read_config and read_machine (what is there) -> the checks (pure: sentences of what is wrong) -> check.
"""
