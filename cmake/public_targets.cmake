# What users link: iothub_emulator::emulator and iothub_emulator::client, under the same names in this
# tree (add_subdirectory) and in the installed package (find_package).
function(iothub_public_target target name include_folder)
    if(NOT TARGET ${target})
        return()
    endif()
    target_include_directories(${target} PUBLIC
        "$<BUILD_INTERFACE:${include_folder}>" "$<INSTALL_INTERFACE:include>")
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
    add_library(iothub_emulator::${name} ALIAS ${target})
endfunction()

iothub_public_target(iothub_emulator_app emulator "${CMAKE_CURRENT_LIST_DIR}/../emulator/include")
iothub_public_target(iothub_client client "${CMAKE_CURRENT_LIST_DIR}/../client/include")
