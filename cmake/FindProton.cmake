# Qpid Proton's C engine, an AMQP 1.0 protocol library: target Proton::proton.
find_path(Proton_INCLUDE_DIR proton/connection_driver.h)
find_library(Proton_LIBRARY qpid-proton)
if(Proton_INCLUDE_DIR)
    file(STRINGS "${Proton_INCLUDE_DIR}/proton/version.h" version_lines
         REGEX "^#define PN_VERSION_(MAJOR|MINOR|POINT) [0-9]+")
    string(REGEX REPLACE "[^0-9;]" "" version_numbers "${version_lines}")
    string(REPLACE ";" "." Proton_VERSION "${version_numbers}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Proton
    REQUIRED_VARS Proton_LIBRARY Proton_INCLUDE_DIR
    VERSION_VAR Proton_VERSION)
if(Proton_FOUND AND NOT TARGET Proton::proton)
    add_library(Proton::proton UNKNOWN IMPORTED)
    set_target_properties(Proton::proton PROPERTIES
        IMPORTED_LOCATION "${Proton_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${Proton_INCLUDE_DIR}")
endif()
mark_as_advanced(Proton_INCLUDE_DIR Proton_LIBRARY)
