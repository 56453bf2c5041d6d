"""The rooms of Model Factory, what each may include, and which library belongs to which room.

If a room needs something that its row does not give it, change the row here, its mf_room line in src/CMakeLists.txt and
docs/architecture.md together.
"""

# The doorstep is open to every room: failures, their one table of codes, what keeps secrets out, shared libraries, time.
DOORSTEP = {"mf/error.hpp", "mf/error_codes.def", "mf/redaction.hpp", "mf/shared_library.hpp", "mf/time.hpp"}

# room -> the rooms it may include. In the order of thought: a room only ever includes rooms above it.
ROOMS = {
    "identity": set(),
    "contracts": {"identity"},
    "observability": {"identity", "contracts"},
    "store": {"identity", "contracts"},
    "ledger": {"identity", "contracts", "store"},
    "dataset": {"identity", "contracts", "store"},
    "engine": {"identity", "contracts", "dataset"},
    "metrics": set(),
    "gate": {"identity", "contracts"},
    "publication": {"identity", "contracts", "store"},
    "report": {"identity", "contracts"},
    "factory": {
        "identity", "contracts", "observability", "store", "ledger", "dataset", "engine", "metrics", "gate", "publication",
        "report",
    },
    "cli": {"factory", "contracts", "observability"},
}

# Places that are no rooms: the files of the doorstep's own code, and main, which only opens the cli.
NOT_ROOMS = {"doorstep": set(), "main": {"cli"}}

# Header, or folder of headers ending in "/" -> (package, the only rooms that may include it).
LIBRARIES = {
    "nlohmann/": ("nlohmann-json3-dev", set(ROOMS) - {"metrics"}),  # JSON is the language of documents; metrics know none
    "openssl/": ("libssl-dev", {"identity", "publication"}),  # hashing; signing
    "valijson/": ("libvalijson-dev", {"contracts"}),
    "yaml-cpp/": ("libyaml-cpp-dev", {"contracts"}),
    "spdlog/": ("libspdlog-dev", {"observability"}),
    "csv.h": ("libcsv-dev", {"dataset"}),
    "zlib.h": ("zlib1g-dev", {"dataset"}),  # CSV packed with gzip
    "zstd.h": ("libzstd-dev", {"dataset"}),  # CSV packed with zstd
    "arrow/": ("pyarrow", {"dataset"}),  # no package of Debian 12: the wheel has headers and libraries
    "parquet/": ("pyarrow", {"dataset"}),
    "xgboost/": ("libxgboost-dev", {"engine"}),
    "duktape.h": ("duktape-dev", {"report"}),  # the engine in which ECharts draws
    "curl/": ("libcurl4-openssl-dev", {"store"}),
    "pugixml.hpp": ("libpugixml-dev", {"store"}),
    "CLI/": ("libcli11-dev", {"cli"}),
}

# Headers of the operating system -> the only rooms that may include them. Files are the store's.
SYSTEM = {
    "cpuid.h": {"factory"},  # the name of the processor, for the record
    "dirent.h": {"store"},
    "dlfcn.h": {"doorstep"},  # libraries are loaded when they are first needed
    "malloc.h": {"dataset"},  # malloc_trim: what Arrow needed is given back before training begins
    "fcntl.h": {"store"},
    "linux/openat2.h": {"store"},  # a path resolved beneath the root by the kernel itself
    "sys/file.h": {"store"},
    "sys/mman.h": {"store"},
    "sys/stat.h": {"store"},
    "sys/syscall.h": {"store"},  # openat2 has no function in glibc
    "sys/types.h": {"store", "ledger"},
    "unistd.h": {"store", "ledger"},  # ledger: getpid and gethostname, to write down who holds a lease
    "signal.h": {"ledger"},  # kill(pid, 0), to see whether the holder of a lease is gone
}

# All that a public header may show of a library.
IN_PUBLIC_HEADERS = {"nlohmann/json_fwd.hpp"}
