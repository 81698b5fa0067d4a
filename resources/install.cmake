# What an installed Plumbline is, and the Debian package of it.
include(GNUInstallDirs)
set(desktop_id io.github.plumbline.Plumbline)
set(resources ${CMAKE_SOURCE_DIR}/resources)
set(documents ${CMAKE_INSTALL_DATADIR}/doc/plumbline)

# Manual page and changelog are installed compressed, with no time of their own in them.
set(compressed "")
foreach(document plumbline.1 changelog)
    add_custom_command(OUTPUT ${document}.gz DEPENDS ${resources}/${document} VERBATIM
        COMMAND sh -c "gzip -9n < \"$1\" > \"$2\"" -- ${resources}/${document} ${document}.gz)
    list(APPEND compressed ${CMAKE_BINARY_DIR}/${document}.gz)
endforeach()
add_custom_target(compressed_documents ALL DEPENDS ${compressed})

install(TARGETS plumbline RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${resources}/${desktop_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${resources}/${desktop_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${resources}/icons/${desktop_id}.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${CMAKE_BINARY_DIR}/plumbline.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
# A language is one file of resources/translations: plumbline_de.ts.
file(GLOB languages CONFIGURE_DEPENDS ${resources}/translations/plumbline_*.ts)
if(languages)
    find_package(Qt6 REQUIRED COMPONENTS LinguistTools)
    qt_add_translation(spoken ${languages})
    add_custom_target(translations ALL DEPENDS ${spoken})
    install(FILES ${spoken} DESTINATION ${CMAKE_INSTALL_DATADIR}/plumbline/translations)
endif()
install(FILES ${resources}/copyright ${CMAKE_BINARY_DIR}/changelog.gz DESTINATION ${documents})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Plumbline developers <plumbline@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "shows where every LLM token goes and what it costs")
set(CPACK_PACKAGE_DESCRIPTION
"Plumbline reads the traces of applications that call large language models,
keeps them in one SQLite file, and tells what each feature, model or user
costs, with what is missing said beside every total. Every cost can be
explained by usage, rule, price row and date. There is a window and a command
line. Nothing leaves the machine.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
# Folders everybody can enter: CPack leaves those it makes to the builder's umask.
file(CONFIGURE OUTPUT package_folders.cmake @ONLY CONTENT
    [[execute_process(COMMAND find "${CPACK_TEMPORARY_INSTALL_DIRECTORY}" -type d -exec chmod 755 {} +)]])
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_BINARY_DIR}/package_folders.cmake)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-jetbrains-mono, fonts-liberation, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "sqlite3")
include(CPack)
