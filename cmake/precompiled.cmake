# With IOTHUB_EMULATOR_PRECOMPILED, which the presets of the sanitizers, the fuzzer and coverage set,
# what most files include is parsed once for the whole tree: that builds in a third of the time. Other
# builds are without, so that a missing include shows.
function(iothub_use_precompiled target)
    if(NOT IOTHUB_EMULATOR_PRECOMPILED OR target MATCHES "^iothub_precompiled_")
        return()
    endif()
    get_target_property(type ${target} TYPE)
    set(kind library)
    if(type STREQUAL "EXECUTABLE")
        set(kind program)
    endif()
    target_precompile_headers(${target} REUSE_FROM iothub_precompiled_${kind})
    if(NOT target STREQUAL "iothub_boost") # which the headers of Asio refer to, used or not
        target_link_libraries(${target} PRIVATE iothub_boost)
    endif()
endfunction()

if(NOT IOTHUB_EMULATOR_PRECOMPILED)
    return()
endif()

# Macros that change what the headers mean have to be the same in all that uses them.
add_compile_options(-pthread)
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION FMT_SHARED)

# Twice: the code of libraries and of programs is position-independent in different ways.
foreach(kind library program)
    set(target iothub_precompiled_${kind})
    add_library(${target} OBJECT "${CMAKE_CURRENT_LIST_DIR}/precompiled/nothing.cpp")
    target_include_directories(${target} PRIVATE "${iothub_root}/tests")
    iothub_compile_settings(${target})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF) # said below
    target_precompile_headers(${target} PRIVATE "${CMAKE_CURRENT_LIST_DIR}/precompiled/everything.hpp")
endforeach()
target_compile_options(iothub_precompiled_library PRIVATE -fPIC)
target_compile_options(iothub_precompiled_program PRIVATE -fPIE)
