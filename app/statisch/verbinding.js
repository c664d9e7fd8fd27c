// Where the server is, said to Streamlit: left alone it asks so at the address of the page first, and only then begins. Of
// messages from a window around it, it takes those of this address alone.
window.__streamlit = {
  BACKEND_BASE_URL: location.origin,
  HOST_CONFIG: {
    allowedOrigins: [location.origin], useExternalAuthToken: false, enableCustomParentMessages: false,
    blockErrorDialogs: false, enforceDownloadInNewTab: false,
  },
};
