# Installs the programs, the libraries with their public headers, and the CMake package
# iothub_emulator. Every layer's library is part of the export set, because static libraries need one
# another; users name iothub_emulator::emulator and iothub_emulator::client, as in this tree.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/iothub_emulator")

foreach(program iothub-emulator create-identities update-module-twin set-desired-property
        read-telemetry)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME)
    endif()
endforeach()

set_target_properties(iothub_emulator_app PROPERTIES EXPORT_NAME emulator)
set_target_properties(iothub_client PROPERTIES EXPORT_NAME client)
get_property(libraries GLOBAL PROPERTY iothub_libraries)
install(TARGETS ${libraries} EXPORT iothub_emulator ARCHIVE)
install(DIRECTORY emulator/include/ client/include/ TYPE INCLUDE)
install(EXPORT iothub_emulator NAMESPACE iothub_emulator::
    FILE iothub_emulator_targets.cmake DESTINATION "${package_folder}")

configure_package_config_file(
    cmake/iothub_emulator_config.cmake.in iothub_emulator-config.cmake
    INSTALL_DESTINATION "${package_folder}"
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(iothub_emulator-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_CURRENT_BINARY_DIR}/iothub_emulator-config.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/iothub_emulator-config-version.cmake"
    cmake/dependencies.cmake cmake/FindMosquitto.cmake cmake/FindProton.cmake
    DESTINATION "${package_folder}")
install(FILES docs/iothub-emulator.schema.json DESTINATION "${CMAKE_INSTALL_DATADIR}/iothub_emulator")
install(FILES LICENSE README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
