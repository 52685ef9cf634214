/** What happens to branding beside its answers. */
export type BrandingEvent =
  | { readonly kind: "branding_warmed"; readonly tenant: string }
  | { readonly kind: "branding_prewarmed"; readonly warmed: number; readonly total: number }
  | { readonly kind: "branding_faulty"; readonly tenant: string; readonly paths: readonly string[] }
  | { readonly kind: "branding_foreign"; readonly tenant: string };
