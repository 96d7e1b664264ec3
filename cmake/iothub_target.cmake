# One static library a layer. Includes are written from the root of the tree ("emulator/core/hub.hpp"),
# so that each one names the layer it comes from and scripts/check_layers.py can read them.
set(iothub_root "${CMAKE_CURRENT_LIST_DIR}/..")

function(iothub_compile_settings target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${iothub_root}>")
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)
    if(IOTHUB_EMULATOR_WARNINGS)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
    endif()
    iothub_use_precompiled(${target})
endfunction()

function(iothub_library target)
    add_library(${target} STATIC ${ARGN})
    iothub_compile_settings(${target})
    iothub_harden(${target})
    set_property(GLOBAL APPEND PROPERTY iothub_libraries ${target})
endfunction()

# In a release build, which is made from nothing, tests take most of the time. They are compiled
# quickly there rather than run quickly: what they test is optimised all the same.
function(iothub_compile_tests_fast name)
    if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
        return()
    endif()
    target_compile_options(${name} PRIVATE -O0)
    list(LENGTH ARGN sources)
    if(sources GREATER_EQUAL 8)
        target_precompile_headers(${name} PRIVATE "${iothub_root}/tests/support/prelude.hpp")
    endif()
endfunction()

# A test program: iothub_test(name SOURCES … LIBRARIES …), one ctest entry a program.
function(iothub_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    iothub_compile_settings(${name})
    target_link_libraries(${name} PRIVATE iothub_test_support ${arg_LIBRARIES})
    iothub_compile_tests_fast(${name} ${arg_SOURCES})
    add_test(NAME ${name} COMMAND ${name})
endfunction()
