# libmosquitto, the MQTT client library: target Mosquitto::mosquitto.
find_path(Mosquitto_INCLUDE_DIR mosquitto.h)
find_library(Mosquitto_LIBRARY mosquitto)
if(Mosquitto_INCLUDE_DIR)
    file(STRINGS "${Mosquitto_INCLUDE_DIR}/mosquitto.h" version_lines
         REGEX "^#define LIBMOSQUITTO_(MAJOR|MINOR|REVISION) [0-9]+")
    string(REGEX REPLACE "[^0-9;]" "" version_numbers "${version_lines}")
    string(REPLACE ";" "." Mosquitto_VERSION "${version_numbers}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Mosquitto
    REQUIRED_VARS Mosquitto_LIBRARY Mosquitto_INCLUDE_DIR
    VERSION_VAR Mosquitto_VERSION)
if(Mosquitto_FOUND AND NOT TARGET Mosquitto::mosquitto)
    add_library(Mosquitto::mosquitto UNKNOWN IMPORTED)
    set_target_properties(Mosquitto::mosquitto PROPERTIES
        IMPORTED_LOCATION "${Mosquitto_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${Mosquitto_INCLUDE_DIR}")
endif()
mark_as_advanced(Mosquitto_INCLUDE_DIR Mosquitto_LIBRARY)
