// libxlsxwriter as the system has it (Debian: libxlsxwriter-dev).
#include <xlsxwriter.h>
