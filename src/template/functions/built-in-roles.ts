import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';

/**
 * Built-in roles that templates around a gateway assign.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const builtInRoles = new CaseInsensitiveMap<string>([
  ['Owner', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
  ['Contributor', 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  ['Reader', 'acdd72a7-3385-48ef-bd42-f606fba81ae7'],
  ['User Access Administrator', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'],
  ['Role Based Access Control Administrator', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'],
  ['AcrPull', '7f951dda-4ed3-4680-a7ca-43fe172d538d'],
  ['AcrPush', '8311e382-0749-4cb8-b61a-304f252e45ec'],
  ['App Configuration Data Owner', '5ae67dd6-50cb-40e7-96ff-dc2bfa4b606b'],
  ['App Configuration Data Reader', '516239f1-63e1-4d78-a4de-a74fb236a071'],
  ['Azure Kubernetes Service Cluster Admin Role', '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8'],
  ['Azure Kubernetes Service Cluster User Role', '4abbcc35-e782-43d8-92c5-2d3f1bd2253f'],
  ['Azure Kubernetes Service RBAC Cluster Admin', 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'],
  ['Azure Service Bus Data Owner', '090c5cfd-751d-490a-894a-3ce6f1109419'],
  ['DNS Zone Contributor', 'befefa01-2a29-4197-83a8-272ff33ce314'],
  ['Key Vault Administrator', '00482a5a-887f-4fb3-b363-3b7fe8e74483'],
  ['Key Vault Certificate User', 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba'],
  ['Key Vault Certificates Officer', 'a4417e6f-fecd-4de8-b567-7b0420556985'],
  ['Key Vault Crypto User', '12338af0-0e69-4776-bea7-57ae8d297424'],
  ['Key Vault Reader', '21090545-7ca7-4776-b22c-e363652d74d2'],
  ['Key Vault Secrets Officer', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'],
  ['Key Vault Secrets User', '4633458b-17de-408a-b874-0445c86b69e6'],
  ['Log Analytics Contributor', '92aaf0da-9dab-42b6-94a3-d43ce8d16293'],
  ['Log Analytics Reader', '73c42c96-874c-492b-b04d-ab87d138a893'],
  ['Managed Identity Contributor', 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59'],
  ['Managed Identity Operator', 'f1a07417-d97a-45cb-824c-7a7467783830'],
  ['Monitoring Contributor', '749f88d5-cbae-40b8-bcfc-e573ddc772fa'],
  ['Monitoring Metrics Publisher', '3913510d-42f4-4e42-8a64-420c390055eb'],
  ['Monitoring Reader', '43d0d8ad-25c7-4714-9337-8ba259a9fe05'],
  ['Network Contributor', '4d97b98b-1d4f-4787-a291-c67834d212e7'],
  ['Private DNS Zone Contributor', 'b12aa53e-6015-4669-85d0-8515ebb3ae7f'],
  ['Storage Account Contributor', '17d1049b-9a84-46fb-8f53-869881c3d3ab'],
  ['Storage Blob Data Contributor', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'],
  ['Storage Blob Data Owner', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'],
  ['Storage Blob Data Reader', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'],
  ['Virtual Machine Contributor', '9980e02c-c2be-4d73-94e8-173b1dc7cf3c'],
  ['Website Contributor', 'de139f84-1756-47ae-9be6-808fbbe84772'],
]);
