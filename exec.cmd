@rem An npm script says "exec" so that, on Linux and macOS, a signal reaches the program and not a shell before it.
@rem Windows has no such command. There cmd.exe finds this file, which runs the rest of the line.
@%*
