# Every library the product is made of. Shared with the installed package's configuration, so that a
# consumer's find_package(iothub_emulator) looks for the same things.
set(THREADS_PREFER_PTHREAD_FLAG ON)
set(iothub_emulator_dependencies
    "Boost 1.81 COMPONENTS url"
    "OpenSSL 3.0"
    "Threads"
    "nlohmann_json 3.11"
    "SQLite3 3.40"
    "fmt 9.1"
    "spdlog 1.10"
    "Mosquitto 2.0"
    "Proton 0.37")
foreach(dependency IN LISTS iothub_emulator_dependencies)
    separate_arguments(arguments UNIX_COMMAND "${dependency}")
    if(COMMAND find_dependency)
        find_dependency(${arguments})
    else()
        find_package(${arguments} REQUIRED)
    endif()
endforeach()
