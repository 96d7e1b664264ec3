# What makes a fault of the shipped program harder to use against who runs it: in release builds, of
# the libraries (iothub_harden) and of the program (iothub_harden_program, which is also linked so).
# tests/packaging/check_hardening.py looks at the result.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

set(iothub_hardening_flags)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
        string(MAKE_C_IDENTIFIER "IOTHUB_HAS${flag}" known)
        check_cxx_compiler_flag(${flag} ${known})
        if(${known})
            list(APPEND iothub_hardening_flags ${flag})
        endif()
    endforeach()
    list(APPEND iothub_hardening_flags -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

function(iothub_harden target)
    target_compile_options(${target} PRIVATE ${iothub_hardening_flags})
endfunction()

function(iothub_harden_program target)
    iothub_harden(${target})
    if(iothub_hardening_flags)
        target_link_options(${target} PRIVATE LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
    endif()
endfunction()
