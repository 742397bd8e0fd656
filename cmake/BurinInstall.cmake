# Install rules: library, headers, tool, CMake package and pkg-config file. Everything installed is relocatable.
include(CMakePackageConfigHelpers)

install(TARGETS burin EXPORT burinTargets
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime NAMELINK_COMPONENT development
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
if(TARGET burin_tool)
  install(TARGETS burin_tool RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT tool)
endif()

# CMake package. While the major version is 0 a minor version may break; from 1 on, only a major one.
set(burin_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/burin")
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(burin_compatibility SameMinorVersion)
else()
  set(burin_compatibility SameMajorVersion)
endif()
set(burin_is_shared OFF)
if(BUILD_SHARED_LIBS)
  set(burin_is_shared ON)
endif()
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/burinConfig.cmake.in" "${PROJECT_BINARY_DIR}/burinConfig.cmake"
  INSTALL_DESTINATION "${burin_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/burinConfigVersion.cmake" COMPATIBILITY ${burin_compatibility})
install(FILES "${PROJECT_BINARY_DIR}/burinConfig.cmake" "${PROJECT_BINARY_DIR}/burinConfigVersion.cmake"
        DESTINATION "${burin_package_dir}" COMPONENT development)
install(EXPORT burinTargets NAMESPACE burin:: DESTINATION "${burin_package_dir}" COMPONENT development)

# burin.pc. A shared library carries its dependencies; a static one hands them on.
if(BUILD_SHARED_LIBS)
  set(burin_pc_private "")
else()
  get_property(burin_pc_requires GLOBAL PROPERTY BURIN_ABSL)
  list(TRANSFORM burin_pc_requires PREPEND "absl_")
  list(APPEND burin_pc_requires libutf8proc re2 libcrypto libhwy-contrib libhwy)
  list(JOIN burin_pc_requires ", " burin_pc_requires)
  set(burin_pc_private "Requires.private: ${burin_pc_requires}\nLibs.private: -lstdc++ -lm -pthread\n")
endif()
# The prefix is found from where burin.pc lies, so the folder above it must not be absolute.
set(burin_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  message(WARNING "burin.pc is relocatable only if CMAKE_INSTALL_LIBDIR and CMAKE_INSTALL_INCLUDEDIR are relative")
endif()
file(RELATIVE_PATH burin_pc_up "/prefix/${burin_pc_dir}" "/prefix")
string(REGEX REPLACE "/$" "" burin_pc_up "${burin_pc_up}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/burin.pc.in" "${PROJECT_BINARY_DIR}/burin.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/burin.pc" DESTINATION "${burin_pc_dir}" COMPONENT development)
