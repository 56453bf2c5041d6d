#include "mf/cli/cli.hpp"

int main(int argc, char** argv) { return mf::cli::run_program(argc, argv); }
