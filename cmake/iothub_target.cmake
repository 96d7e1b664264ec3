# One static library a layer. Includes are written from the root of the tree ("emulator/core/hub.hpp"),
# so that each one names the layer it comes from and scripts/check_layers.py can read them.
set(iothub_root "${CMAKE_CURRENT_LIST_DIR}/..")

function(iothub_compile_settings target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${iothub_root}>")
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)
    if(PROJECT_IS_TOP_LEVEL)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
    endif()
endfunction()

function(iothub_library target)
    add_library(${target} STATIC ${ARGN})
    iothub_compile_settings(${target})
    set_property(GLOBAL APPEND PROPERTY iothub_libraries ${target})
endfunction()

# A test program: iothub_test(name SOURCES … LIBRARIES …), one ctest entry a program.
function(iothub_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    iothub_compile_settings(${name})
    target_link_libraries(${name} PRIVATE iothub_test_support ${arg_LIBRARIES})
    add_test(NAME ${name} COMMAND ${name})
endfunction()
