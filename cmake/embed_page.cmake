# Turns the text files below a folder into rows of a C++ table (emulator/management/embedded_files.cpp.in):
# path, media type, entity tag and content. A file that is added or changed configures anew.

# Of what belongs to the page; other files are notes for those who read the tree.
set(iothub_media_type_css "text/css; charset=utf-8")
set(iothub_media_type_html "text/html; charset=utf-8")
set(iothub_media_type_js "text/javascript; charset=utf-8")
set(iothub_media_type_svg "image/svg+xml")

function(iothub_embed_page folder into)
    file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE "${folder}" "${folder}/*")
    list(SORT paths)
    set(rows "")
    foreach(path IN LISTS paths)
        string(REGEX REPLACE "^.*\\." "" extension "${path}")
        set(media_type "${iothub_media_type_${extension}}")
        if(NOT media_type)
            continue()
        endif()
        file(READ "${folder}/${path}" content)
        file(SHA256 "${folder}/${path}" hash)
        string(SUBSTRING "${hash}" 0 16 hash)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/${path}")
        string(APPEND rows "    embedded_file{\"${path}\", \"${media_type}\", \"\\\"${hash}\\\"\",\n"
            "                  R\"page(${content})page\"},\n")
    endforeach()
    set(${into} "${rows}" PARENT_SCOPE)
endfunction()
