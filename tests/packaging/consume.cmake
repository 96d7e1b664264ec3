# Configures, builds and runs consumer/ as its own project, with nothing but what a user would have.
#   cmake -D WAY=find_package|add_subdirectory -D SOURCE=… -D BUILD=… -D FOLDER=… -D COMPILER=…
#         -D BUILD_TYPE=… -D LAUNCHER=… -D GENERATOR=… -P consume.cmake
function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(arguments -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER}
    -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
if(WAY STREQUAL "find_package")
    file(REMOVE_RECURSE "${FOLDER}/prefix" "${FOLDER}/build")
    run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/prefix)
    list(APPEND arguments -DCMAKE_PREFIX_PATH=${FOLDER}/prefix)
else()
    # As the product itself was compiled, so that a compiler cache knows every file.
    list(APPEND arguments -DIOTHUB_EMULATOR_SOURCE=${SOURCE} -DIOTHUB_EMULATOR_WARNINGS=ON
        -DCMAKE_BUILD_TYPE=${BUILD_TYPE})
endif()
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/packaging/consumer -B ${FOLDER}/build -G ${GENERATOR}
    ${arguments})
run(${CMAKE_COMMAND} --build ${FOLDER}/build --target consumer)
run(${FOLDER}/build/consumer)
